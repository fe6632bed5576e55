// The texts of a piece of HTML, to be edited in place; all else stays as it is, byte for byte.
//
// What stands in comments, tags, <script>, <style> and their like is no text. Entities stay in it
// as they were typed. Threads: pure functions. Time: linear in the HTML, at any depth.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace stet::plugins {

// Appends to `out` what is to stand in the place of `text`.
using EditText = std::function<void(std::string_view text, std::string& out)>;

// `html` with its texts edited, but those below elements named in `left_alone` (small letters).
// Addresses in href, src and action are percent-encoded where they have blanks or more than ASCII,
// as HTML is printed by the library that Jekyll's plugins have.
std::string with_edited_texts(std::string_view html,
                              std::span<const std::string_view> left_alone,
                              const EditText& edit);

}  // namespace stet::plugins
