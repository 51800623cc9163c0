// The system's libxml2, as Swift sees it. Nothing is added: its reader of HTML makes a tree that is walked in Swift.

#ifndef SANGDAM_CXML2_SHIM_H
#define SANGDAM_CXML2_SHIM_H

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#endif
