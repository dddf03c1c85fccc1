viza pasport
