«ташқи ишлар» “foreign affairs” „министр иностранных“ ”a b” -«c d» title:«e f» ‘g h’ „i j”
