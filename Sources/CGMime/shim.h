// The system's GMime, as Swift sees it: the functions of its manual that SangdamMail calls, declared here one by one.
// GMime's own headers need GLib's, which are only found with flags that SwiftPM does not pass on (-pthread, -D…). What is
// declared is the stable interface of GMime 3 (libgmime-3.0.so.0); objects are opaque. Nothing here decides anything.

#ifndef SANGDAM_CGMIME_SHIM_H
#define SANGDAM_CGMIME_SHIM_H

#include <iconv.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct _GMimeObject GMimeObject;
typedef struct _GMimeMessage GMimeMessage;
typedef struct _GMimePart GMimePart;
typedef struct _GMimeTextPart GMimeTextPart;
typedef struct _GMimeMultipart GMimeMultipart;
typedef struct _GMimeStream GMimeStream;
typedef struct _GMimeStreamMem GMimeStreamMem;
typedef struct _GMimeParser GMimeParser;
typedef struct _GMimeParserOptions GMimeParserOptions;
typedef struct _GMimeFormatOptions GMimeFormatOptions;
typedef struct _GMimeContentType GMimeContentType;
typedef struct _GMimeDataWrapper GMimeDataWrapper;
typedef struct _GMimeHeader GMimeHeader;
typedef struct _GMimeHeaderList GMimeHeaderList;
typedef struct _InternetAddress InternetAddress;
typedef struct _InternetAddressList InternetAddressList;
typedef struct _InternetAddressMailbox InternetAddressMailbox;
typedef struct _GDateTime GDateTime;
typedef struct _GByteArray {
    uint8_t *data;
    unsigned int len;
} GByteArray;

// ---- GLib ----------------------------------------------------------------------------------------------------------

int g_type_check_instance_is_a(void *instance, size_t type);
void g_object_unref(void *object);
void g_free(void *memory);
GDateTime *g_date_time_new_from_unix_utc(int64_t seconds);
void g_date_time_unref(GDateTime *time);

// ---- streams -------------------------------------------------------------------------------------------------------

void g_mime_init(void);
GMimeStream *g_mime_stream_mem_new(void);
GMimeStream *g_mime_stream_mem_new_with_buffer(const char *buffer, size_t length);
GByteArray *g_mime_stream_mem_get_byte_array(GMimeStreamMem *stream);

// ---- writing a message ---------------------------------------------------------------------------------------------

enum sangdam_address_type { sangdam_address_from = 1, sangdam_address_reply_to = 2, sangdam_address_to = 3 };

GMimeMessage *g_mime_message_new(int pretty_headers);
void g_mime_message_add_mailbox(GMimeMessage *message, int type, const char *name, const char *address);
void g_mime_message_set_subject(GMimeMessage *message, const char *subject, const char *charset);
void g_mime_message_set_date(GMimeMessage *message, GDateTime *date);
void g_mime_message_set_mime_part(GMimeMessage *message, GMimeObject *part);
void g_mime_object_set_header(GMimeObject *object, const char *name, const char *value, const char *charset);
GMimeTextPart *g_mime_text_part_new_with_subtype(const char *subtype);
void g_mime_text_part_set_charset(GMimeTextPart *part, const char *charset);
void g_mime_text_part_set_text(GMimeTextPart *part, const char *text);
void g_mime_object_encode(GMimeObject *object, int constraint);
GMimeFormatOptions *g_mime_format_options_new(void);
void g_mime_format_options_free(GMimeFormatOptions *options);
void g_mime_format_options_set_newline_format(GMimeFormatOptions *options, int format);
ssize_t g_mime_object_write_to_stream(GMimeObject *object, GMimeFormatOptions *options, GMimeStream *stream);

static const int sangdam_seven_bits = 0;
static const int sangdam_dos_lines = 1;

// ---- reading one ---------------------------------------------------------------------------------------------------

GMimeParser *g_mime_parser_new_with_stream(GMimeStream *stream);
GMimeMessage *g_mime_parser_construct_message(GMimeParser *parser, GMimeParserOptions *options);
const char *g_mime_message_get_message_id(GMimeMessage *message);
InternetAddressList *g_mime_message_get_from(GMimeMessage *message);
GMimeObject *g_mime_message_get_mime_part(GMimeMessage *message);
const char *g_mime_object_get_header(GMimeObject *object, const char *name);
GMimeHeaderList *g_mime_object_get_header_list(GMimeObject *object);
int g_mime_header_list_get_count(GMimeHeaderList *list);
GMimeHeader *g_mime_header_list_get_header_at(GMimeHeaderList *list, int index);
const char *g_mime_header_get_name(GMimeHeader *header);
const char *g_mime_header_get_raw_value(GMimeHeader *header);
GMimeContentType *g_mime_object_get_content_type(GMimeObject *object);
const char *g_mime_object_get_content_type_parameter(GMimeObject *object, const char *name);
const char *g_mime_object_get_disposition(GMimeObject *object);
int g_mime_content_type_is_type(GMimeContentType *type, const char *name, const char *subtype);
char *g_mime_content_type_get_mime_type(GMimeContentType *type);
int g_mime_multipart_get_count(GMimeMultipart *multipart);
GMimeObject *g_mime_multipart_get_part(GMimeMultipart *multipart, int index);
const char *g_mime_part_get_filename(GMimePart *part);
GMimeDataWrapper *g_mime_part_get_content(GMimePart *part);
ssize_t g_mime_data_wrapper_write_to_stream(GMimeDataWrapper *wrapper, GMimeStream *stream);
int internet_address_list_length(InternetAddressList *list);
InternetAddress *internet_address_list_get_address(InternetAddressList *list, int index);
const char *internet_address_mailbox_get_addr(InternetAddressMailbox *mailbox);

size_t g_mime_multipart_get_type(void);
size_t g_mime_part_get_type(void);
size_t g_mime_message_part_get_type(void);
size_t internet_address_mailbox_get_type(void);

// ---- GObject's casts and questions about types, which are macros -----------------------------------------------------

static inline GMimeObject *sangdam_message_object(GMimeMessage *message) { return (GMimeObject *)message; }
static inline GMimeObject *sangdam_text_object(GMimeTextPart *part) { return (GMimeObject *)part; }

// What the object is, or 0 where it is something else.
static inline GMimeMultipart *sangdam_multipart(GMimeObject *object)
{
    return g_type_check_instance_is_a(object, g_mime_multipart_get_type()) ? (GMimeMultipart *)object : NULL;
}

static inline GMimePart *sangdam_part(GMimeObject *object)
{
    return g_type_check_instance_is_a(object, g_mime_part_get_type()) ? (GMimePart *)object : NULL;
}

static inline int sangdam_is_enclosed_message(GMimeObject *object)
{
    return g_type_check_instance_is_a(object, g_mime_message_part_get_type());
}

static inline GByteArray *sangdam_memory(GMimeStream *stream)
{
    return g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream);
}

// The first address of a list that is one and no group; 0 where there is none.
static inline const char *sangdam_first_address(InternetAddressList *list)
{
    for (int index = 0; list && index < internet_address_list_length(list); index++) {
        InternetAddress *address = internet_address_list_get_address(list, index);
        if (g_type_check_instance_is_a(address, internet_address_mailbox_get_type())) {
            return internet_address_mailbox_get_addr((InternetAddressMailbox *)address);
        }
    }
    return NULL;
}

// Functions that take any object, for opaque ones.
static inline void sangdam_release_message(GMimeMessage *object) { g_object_unref(object); }
static inline void sangdam_release_text(GMimeTextPart *object) { g_object_unref(object); }
static inline void sangdam_release_stream(GMimeStream *object) { g_object_unref(object); }
static inline void sangdam_release_parser(GMimeParser *object) { g_object_unref(object); }

#endif
