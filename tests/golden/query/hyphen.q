chora-tadbir 2021-yil e-mail/x_y.z
