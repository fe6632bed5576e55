#include "cms/schedule/uid.h"

#include "storage/base/uuid.h"

namespace stet::schedule {

std::string uid_of_path(std::string_view path) { return uuid_of_url(path); }

}  // namespace stet::schedule
