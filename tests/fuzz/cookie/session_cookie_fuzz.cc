// Any bytes as a Cookie field: one secret or none, and each cookie by its own name alone.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "api/routes/session_cookie.h"

namespace {

void check(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

void check_secret(const std::optional<std::string>& secret, std::string_view field) {
  if (!secret) return;
  check(field.find(*secret) != field.npos, "a secret is a part of the field");
  check(secret->find(';') == secret->npos, "a secret ends where the next cookie begins");
  check(!secret->starts_with(' ') && !secret->ends_with(' '), "a secret has no blanks around it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string field(reinterpret_cast<const char*>(data), size);
  stet::http::Request request;
  request.headers.add("Cookie", field);
  const std::string kept(*request.header("Cookie"));
  for (const char* scheme : {"http", "https"}) {
    request.scheme = scheme;
    auto secret = stet::api::session_secret(request);
    check_secret(secret, kept);
    check_secret(stet::api::flow_secret(request), kept);
    // The same cookie a second time: which of the two is meant cannot be told.
    if (!secret) continue;
    stet::http::Request twice = request;
    std::string name = request.scheme == "https" ? "__Host-stet" : "stet";
    twice.headers.set("Cookie", kept + "; " + name + "=x");
    check(!stet::api::session_secret(twice), "two cookies of a name are none");
  }
  return 0;
}
