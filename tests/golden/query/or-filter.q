viza OR space:help pasport
