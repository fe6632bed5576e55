// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(VimLLexer, TellsCommandsFromTheRest) {
  expect_tokens(
      "viml",
      {
          {"\" a note\n"
           "set nocompatible\n"
           "  \" indented\n"
           "let g:a = \"x\" . 'y' + -1\n"
           "nnoremap <C-a> :echo expand('%')<CR>",
           "c=\"·a·note k=set nb=nocompatible c=\"·indented k=let nv=g:a p== s2=\"x\" p=. "
           "s1='y' p=+ m=-1 p=< p=- k=a p=> p=: nb=expand p=( s1='%' p=)< p=>"},
          {"function! Foo(b)\n"
           "  if a:b =~ /re\\/x/\n"
           "    \\ | call strlen(b)\n"
           "  hi Normal guifg=#00ff00 gui=bold\n"
           ":wq é",
           "k=function p=! p=( k=b p=) k=if nv=a:b p==~ sr=/re\\/x/ se=····\\ p=| k=call "
           "nb=strlen p=( k=b p=) k=hi p== mh=#00ff00 k=gui p== nb=bold p=: k=wq"},
      });
}

}  // namespace
}  // namespace stet::highlight
