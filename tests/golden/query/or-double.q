viza OR OR pasport
