viza -"pasport
