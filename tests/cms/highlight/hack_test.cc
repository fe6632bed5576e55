// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(HackLexer, ReadsWhatHackAdds) {
  expect_tokens("hack",
                {
                    {"<?hh // strict\n/* HH_FIXME[1] why */ // UNSAFE_EXPR\nasync function "
                     "f(vec<int> $x): Awaitable<string> { return await g($x); } /* UNSAFE_EXPR */",
                     "cp=<?hh·//·strict cp=/*·HH_FIXME[1] cm=·why· cp=*/ cp=//·UNSAFE_EXPR "
                     "k=async k=function n=f p=( kt=vec o=< k=int o=> nv=$x p=): kt=Awaitable "
                     "o=< k=string o=> p={ k=return k=await nf=g p=( nv=$x p=); p=} "
                     "cp=/*·UNSAFE_EXPR·*/"},
                });
}

}  // namespace
}  // namespace stet::highlight
