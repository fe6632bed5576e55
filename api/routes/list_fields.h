// The words of `fields`, where a site says what its entries have. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/routes/list_index.h"
#include "api/routes/reading.h"

namespace stet::api {

// 400 for a field that is none of the kind's: where a schema is of it (cms/schema), one that is
// neither there, nor a member, nor in any entry. Without a schema front matter may have any key,
// and a front end asks for those that some entry may have one day: what none has is left out.
std::optional<ProblemReport> fault_of_field_words(const Call& call,
                                                  const Reading& reading,
                                                  const ListSpec& spec,
                                                  const std::vector<std::string>& fields);

}  // namespace stet::api
