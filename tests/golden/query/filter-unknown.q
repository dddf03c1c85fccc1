colour:red http://devon.uz/a viza
