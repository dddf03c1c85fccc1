"elchixona" -"nota"
