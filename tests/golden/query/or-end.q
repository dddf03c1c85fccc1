viza OR
