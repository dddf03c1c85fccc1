/* Writing HTML from the tree of an article. */
#include "server/markup.h"
