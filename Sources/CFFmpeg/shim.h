#ifndef MINGCHU_CFFMPEG_SHIM_H
#define MINGCHU_CFFMPEG_SHIM_H
#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
#include <stdarg.h>
#include <sys/prctl.h>

// What Swift can't import: macros with casts, function-like macros, va_list.

static const int64_t shim_no_timestamp = AV_NOPTS_VALUE;

static const int shim_error_eof = AVERROR_EOF;
static const int shim_error_exit = AVERROR_EXIT;
static const int shim_error_again = AVERROR(EAGAIN);
static const int shim_error_invalid_argument = AVERROR(EINVAL);
static const int shim_error_no_memory = AVERROR(ENOMEM);
static const int shim_error_invalid_data = AVERROR_INVALIDDATA;
static const int shim_error_protocol_not_found = AVERROR_PROTOCOL_NOT_FOUND;
static const int shim_error_demuxer_not_found = AVERROR_DEMUXER_NOT_FOUND;
static const int shim_error_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
static const int shim_error_http_bad_request = AVERROR_HTTP_BAD_REQUEST;
static const int shim_error_http_unauthorized = AVERROR_HTTP_UNAUTHORIZED;
static const int shim_error_http_forbidden = AVERROR_HTTP_FORBIDDEN;
static const int shim_error_http_not_found = AVERROR_HTTP_NOT_FOUND;
static const int shim_error_http_other = AVERROR_HTTP_OTHER_4XX;
static const int shim_error_http_server = AVERROR_HTTP_SERVER_ERROR;

/// The errno inside an error of FFmpeg, or 0 when it holds one of FFmpeg's own tags.
static inline int shim_errno(int error) { return error < 0 && error > -4096 ? AVUNERROR(error) : 0; }

static void shim_log_nothing(void *context, int level, const char *format, va_list arguments) {
    (void)context, (void)level, (void)format, (void)arguments;
}

/// FFmpeg writes addresses, with the passwords in them, to stderr; after this it writes nothing.
static inline void shim_silence_log(void) { av_log_set_callback(shim_log_nothing); }

/// Names the calling thread; the first 15 bytes count.
static inline void shim_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
#endif
