// What a client would rather have: Accept and Accept-Encoding (RFC 9110 12.5). Pure functions.
// Threads: any.
//
// Elements that are malformed are passed over; a field of nothing else is as good as none.
#pragma once

#include <optional>
#include <string_view>

namespace stet::http {

enum class Encoding { kIdentity, kGzip, kBrotli };

// The encoding that suits the client best among those we make; of equal ones the smaller result.
// Empty text: the field is missing or names nothing, so identity.
Encoding preferred_encoding(std::string_view accept_encoding);

// "gzip", "br"; empty for identity, which has no Content-Encoding.
std::string_view name_of(Encoding encoding);

// How much the client wants `media_type` ("text/html"), 0 to 1000; 0: not at all. The most specific
// range counts. Empty text, or nothing well-formed in it: 1000.
int quality_of_media_type(std::string_view accept, std::string_view media_type);

// "respond-async, wait=10" (RFC 7240): the value of a preference, "" where it has none; none where
// it is not there. For `Prefer: wait` as well.
std::optional<std::string_view> preference(std::string_view prefer, std::string_view name);

}  // namespace stet::http
