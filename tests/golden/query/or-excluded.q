viza OR -pasport
