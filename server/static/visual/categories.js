/* In place of the package "uc.micro": browsers know what is punctuation and what a symbol. */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
export const Z = /\p{Z}/u;
