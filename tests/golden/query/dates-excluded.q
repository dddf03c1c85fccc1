viza -after:2024 -before:2020-02
