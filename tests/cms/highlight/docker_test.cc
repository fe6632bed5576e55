// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(DockerLexer, ReadsInstructionsAndTheirCommands) {
  expect_tokens("docker",
                {
                    {"FROM debian:12 AS base\n"
                     "ENV A=1\n"
                     "# why\n"
                     "RUN apt-get update && \\\n"
                     "    echo \"$A\" # done",
                     "k=FROM w=· s=debian:12 w=· k=AS w=· s=base k=ENV s=·A=1 c=#·why k=RUN· o=&& "
                     "se=\\¶ nb=echo s2=\" nv=$A s2=\" c=#·done"},
                    {"from scratch\nONBUILD RUN ls -l\nONBUILD ADD . /src\nHEALTHCHECK NONE",
                     "k=from s=·scratch k=ONBUILD·RUN· nb=ls nt=-l k=ONBUILD w=· k=ADD s=·.·/src "
                     "k=HEALTHCHECK s=·NONE"},
                    {"  CMD [\"a\"]\nfrob --x é\nFROMAGE", ""},
                });
}

}  // namespace
}  // namespace stet::highlight
