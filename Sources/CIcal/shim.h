// The system's libical, as Swift sees it. Nothing is added: what SangdamHours asks of it are plain functions.

#ifndef SANGDAM_CICAL_SHIM_H
#define SANGDAM_CICAL_SHIM_H

#include <libical/ical.h>

#endif
