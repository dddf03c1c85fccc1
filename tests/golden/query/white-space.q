  viza pasport　konsul	nota 
