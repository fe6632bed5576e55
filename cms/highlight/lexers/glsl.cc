#include <memory>
#include <string_view>

#include "cms/highlight/lexers/c.h"
#include "cms/highlight/lexers/glsl_words.h"
#include "cms/highlight/lexers/lexers.h"

namespace stet::highlight {
namespace {

using enum Token;

class Glsl final : public C {
 public:
  explicit Glsl(int nesting) : C(nesting) {}

 protected:
  std::unique_ptr<C> fresh() const override { return std::make_unique<Glsl>(nesting() + 1); }

  Token kind_of(std::string_view word) const override {
    if (kGlslKeywords.has(word)) return kKeyword;
    if (kGlslTypes.has(word)) return kKeywordType;
    if (kGlslReserved.has(word)) return kKeywordReserved;
    return kGlslVariables.has(word) ? kNameBuiltin : kName;
  }
};

}  // namespace

std::unique_ptr<Lexer> make_glsl() { return std::make_unique<Glsl>(0); }

}  // namespace stet::highlight
