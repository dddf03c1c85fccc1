elch* kon* el* * o‘z* chora-tad* ab*cd
