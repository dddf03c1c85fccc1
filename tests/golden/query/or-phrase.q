"bir ikki" OR uch* OR title:besh
