// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(CppLexer, ReadsWhatCppAdds) {
  expect_tokens("cpp",
                {
                    {"template <typename T> class Box : public Base<T> { T t; };",
                     "k=template o=< k=typename nc=T p=> k=class nc=Box o=: k=public n=Base o=< "
                     "n=T o=> p={ n=T n=t p=; p=};"},
                    {"auto x = 1'000 + 1.5f + 10ms;\nstd::string s = R\"(a\\b)\";",
                     "k=auto n=x o== mi=1'000 o=+ mf=1.5 n=f o=+ mx=10ms p=; n=std o=:: n=string "
                     "n=s o== s=R\"(a\\b)\" p=;"},
                    {"bool f(int a) noexcept { return a == nullptr; }",
                     "kt=bool n=f p=( kt=int n=a p=) k=noexcept p={ k=return n=a o=== nb=nullptr "
                     "p=; p=}"},
                });
}

}  // namespace
}  // namespace stet::highlight
