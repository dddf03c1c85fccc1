title:viza title:"ish vaqti" -title:pasport title:elch* TITLE:Nota title:
