// Where a new entry goes.
#pragma once

#include <string>

#include "cms/change/write.h"
#include "cms/document/data.h"

namespace stet::change {

// The path that the request proposes, if the resource may have it, or one made of the title and the
// date. A Refusal says what is wrong with either.
Result<std::variant<RepoPath, Refusal>> new_path(const Ground& ground,
                                                 const WriteRequest& request,
                                                 const document::Data& front_matter);

// For PUT: the path that a name means where nothing has it yet.
Result<std::variant<RepoPath, Refusal>> path_of_name(const Ground& ground,
                                                     const WriteRequest& request);

Refusal refused_field(std::string pointer, std::string message);
Refusal refused(Refusal::Kind kind, std::string message);

}  // namespace stet::change
