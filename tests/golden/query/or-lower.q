viza or pasport
