#include "cms/site/own_search.h"

namespace stet::site {

bool has_own_search(const Config& config) {
  liquid::Value own = config.get("stet");
  if (own.type() != liquid::Type::kHash) return false;
  const liquid::Value* wish = own.as_hash().find("search");
  return wish && wish->type() == liquid::Type::kBool && wish->as_bool();
}

}  // namespace stet::site
