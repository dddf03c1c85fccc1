after:2023 after:2021 before:2022 before:2024
