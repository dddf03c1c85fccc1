after:yesterday before:2023-13 viza
