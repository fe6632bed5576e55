// The files of a request: the parts of a form, or the body itself, and what is asked for them.
//
// A form is read where it lies, in memory or on disk; nothing of it is copied. Threads: values.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "api/routes/media_store.h"

namespace stet::api {

// With what lies behind the uploads, as long as it lives.
struct Received {
  std::unique_ptr<ByteSource> body;
  std::vector<std::unique_ptr<ByteSource>> parts;
  StoreRequest request;
};

// 400 where the form is none, or has what nobody knows.
std::variant<Received, ProblemReport> receive(const Call& call);

}  // namespace stet::api
