"" viza " "
