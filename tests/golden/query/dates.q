viza after:2023-05 before:2023-05-31
