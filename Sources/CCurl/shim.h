// The system's libcurl, as Swift sees it: the functions with a varying number of arguments that Swift cannot call, one
// for each kind of argument. Nothing here decides anything.

#ifndef SANGDAM_CCURL_SHIM_H
#define SANGDAM_CCURL_SHIM_H

#include <curl/curl.h>

static inline CURLcode sangdam_curl_text(CURL *curl, CURLoption option, const char *value)
{
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode sangdam_curl_number(CURL *curl, CURLoption option, long value)
{
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode sangdam_curl_list(CURL *curl, CURLoption option, struct curl_slist *value)
{
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode sangdam_curl_reader(CURL *curl, curl_read_callback read, void *state)
{
    CURLcode code = curl_easy_setopt(curl, CURLOPT_READFUNCTION, read);
    return code ? code : curl_easy_setopt(curl, CURLOPT_READDATA, state);
}

static inline CURLcode sangdam_curl_trace(CURL *curl, curl_debug_callback trace, void *state)
{
    CURLcode code = curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, trace);
    return code ? code : curl_easy_setopt(curl, CURLOPT_DEBUGDATA, state);
}

static inline long sangdam_curl_response_code(CURL *curl)
{
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

#endif
