viza OR pasport konsul
