bir,ikki;uch (to‘rt) «besh» 10:30
