/* In place of packages that our settings of markdown-it never call. */
export default class Nothing {}
export { Nothing as parse, Nothing as format, Nothing as encode, Nothing as decode };
