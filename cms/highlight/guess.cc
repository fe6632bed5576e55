#include "cms/highlight/guess.h"

#include <algorithm>
#include <array>
#include <string>

namespace stet::highlight {
namespace {

constexpr std::string_view kBlanks = " \t\n\v\f\r";

struct Program {
  std::string_view name, language;
};

constexpr std::array<Program, 24> kPrograms = {{
    {"Rscript", "r"},       {"awk", "awk"},
    {"bash", "shell"},      {"coffee", "coffeescript"},
    {"crystal", "crystal"}, {"groovy", "groovy"},
    {"jsc", "javascript"},  {"julia", "julia"},
    {"ksh", "shell"},       {"lua", "lua"},
    {"moon", "moonscript"}, {"node", "javascript"},
    {"perl", "perl"},       {"php", "php"},
    {"puppet", "puppet"},   {"python", "python"},
    {"python2", "python"},  {"python3", "python"},
    {"ruby", "ruby"},       {"runhaskell", "haskell"},
    {"sed", "sed"},         {"sh", "shell"},
    {"tclsh", "tcl"},       {"zsh", "shell"},
}};

bool is_small_equal(char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b; }

bool starts_with_small(std::string_view text, std::string_view small) {
  return text.size() >= small.size() &&
         std::equal(small.begin(), small.end(), text.begin(), [](char s, char t) {
           return is_small_equal(t, s);
         });
}

std::string_view language_of_program(std::string_view line) {
  const auto is_part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  for (std::size_t at = 0; at < line.size();) {
    if (!is_part(line[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && is_part(line[at])) ++at;
    const bool is_last = at == line.size() || kBlanks.find(line[at]) != kBlanks.npos;
    if (!is_last) continue;
    const std::string_view word = line.substr(begin, at - begin);
    const auto known = std::find_if(
        kPrograms.begin(), kPrograms.end(), [&](const Program& p) { return p.name == word; });
    if (known != kPrograms.end()) return known->language;
  }
  return {};
}

// `diff --git a/x b/x`, `Index: x`, or a line of minus signs above one of plus signs.
bool is_diff(std::string_view code) {
  if (code.starts_with("Index: ")) return true;
  const std::string_view first = code.substr(0, code.find('\n'));
  if (first.starts_with("diff")) {
    const std::size_t before = first.find(" a/");
    if (before != first.npos && first.find(" b/", before) != first.npos) return true;
  }
  for (std::size_t at = 0; (at = code.find('\n', at)) != code.npos; ++at) {
    if (code.substr(at + 1, 3) != "+++") continue;
    const std::size_t start = at == 0 ? code.npos : code.rfind('\n', at - 1);
    const std::string_view line = code.substr(start + 1, at - start - 1);
    if (line.find("---") != line.npos) return true;
  }
  return false;
}

}  // namespace

std::string_view guess_language(std::string_view code) {
  const std::size_t begin = std::min(code.find_first_not_of(kBlanks), code.size());
  const std::string_view text = code.substr(begin);
  if (text.starts_with("#!")) return language_of_program(text.substr(2, text.find('\n') - 2));
  if (starts_with_small(text, "<!doctype ")) {
    const std::string_view kind = text.substr(10, 20);
    return starts_with_small(kind, "html") ? "html" : "xml";
  }
  if (code.starts_with("<?xml")) return "xml";
  if (starts_with_small(text, "<html")) return "html";
  if (code.starts_with("<?php")) return "php";
  if (text.starts_with("%YAML")) return "yaml";
  if (text.starts_with("\\documentclass")) return "tex";
  return is_diff(code) ? "diff" : std::string_view();
}

}  // namespace stet::highlight
