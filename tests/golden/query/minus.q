viza -pasport -"uzoq muddat" -chora-tadbir
