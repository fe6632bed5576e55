// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ShellLexer, ReadsCommandsAndTheirOptions) {
  expect_tokens("shell",
                {
                    {"sudo apt-get install -y --no-install-recommends git",
                     "nb=sudo· nb=install nt=-y nt=--no-install-recommends"},
                    {"cd \"$HOME/site\" && ls *.md | wc -l",
                     "nb=cd s2=\" nv=$HOME s2=/site\" o=&& nb=ls k=* nb=wc nt=-l"},
                    {"export PATH=$PATH:~/bin # mine", "nb=export· nv=PATH o== nv=$PATH c=#·mine"},
                });
}

TEST(ShellLexer, ReadsControlAndExpansions) {
  expect_tokens(
      "shell",
      {
          {"if [ -f \"$1\" ]; then\n  echo ${name:-none}\nfi",
           "k=if o=[ nt=-f s2=\" nv=$1 s2=\" o=] p=; k=then¶·· nb=echo k=${ nv=name "
           "k=:- nv=none k=} k=fi"},
          {"for i in $(seq 1 3); do echo $((i * 2)); done",
           "k=for· k=in si=$( nb=seq· si=) p=; k=do· nb=echo k=$(( o=* m=2 k=)) p=; "
           "k=done"},
          {"case $x in\n  a|b) echo one;;\nesac", "k=case nv=$x k=in¶·· p=) nb=echo· p=;; k=esac"},
          {"echo $'tab\\t' 'plain' `date`",
           "nb=echo s1=$'tab se=\\t s1=' s1='plain' sb=` nb=date sb=`"},
      });
}

TEST(ShellLexer, ReadsHereDocumentsToTheirName) {
  expect_tokens("shell",
                {
                    {"cat <<'EOF' > file\n$no here\nEOF\necho done\n",
                     "nb=cat o=<< sh=' no=EOF sh='·>·file¶ nv=$no sh=·here¶ no=EOF¶ "
                     "nb=echo· k=done"},
                });
}

}  // namespace
}  // namespace stet::highlight
