// From the plain tree that YAML means to what Liquid sees.
#pragma once

#include "cms/document/data.h"
#include "cms/liquid/value.h"

namespace stet::site {

liquid::Value value_of(const document::Data& data);
liquid::Ref<liquid::Hash> hash_of(const document::DataMap& map);

// And back; nil of what no YAML is (drops, ranges).
document::Data data_of(const liquid::Value& value);

}  // namespace stet::site
