// What a setting may be: how its values are taken from a file, and how they are written in one.
//
// A kind is made for one field of Settings: `number(at(&Settings::git,
// &Settings::Git::seconds_max), {1, 600})`. Threads: values. What is taken wrongly leaves the field
// as it was.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/program/settings.h"
#include "api/program/toml_text.h"

namespace stet::program {

using Values = std::vector<std::string>;

struct Kind {
  // kInvalidInput names the key and what it can be.
  std::function<Status(const std::string& key, const Values& values, Settings& settings)> take;
  // As a settings file has it: 512, "refuse", ["a", "b"]; of a secret its file.
  std::function<std::string(const Settings& settings)> show;
  // Beside what is shown, what is not: another text where it is another. "": nothing.
  std::function<std::string(const Settings& settings)> hidden = {};
  bool is_list = false;
};

struct NumberRange {
  std::uint64_t least = 0, most = std::uint64_t{1} << 20;
};

Result<std::uint64_t> number_of(const std::string& key,
                                const std::string& value,
                                const NumberRange& range);
Result<bool> choice_of(const std::string& key,
                       const std::string& value,
                       std::string_view yes,
                       std::string_view no);
std::vector<std::string> names_of(const std::vector<Network>& networks);

// "https://cms.example", without what may stand behind the host; "": none.
Result<std::string> origin_of(const std::string& key, const std::string& value);
// Of a page, an app or an extension ("tauri://localhost"), as browsers send it.
Result<std::string> any_origin_of(const std::string& key, const std::string& value);

// A field of Settings, through the structs that it lies in.
template <typename... Members>
auto at(Members... members) {
  return [=](auto& settings) -> auto& { return (settings.*....*members); };
}

// `unit`: the field counts in parts of what the file says (seconds of minutes).
template <typename Field>
Kind number(Field field, NumberRange range = {}, std::uint64_t unit = 1) {
  using Number = std::remove_cvref_t<std::invoke_result_t<Field, Settings&>>;
  return {.take = [=](const std::string& key, const Values& values, Settings& to) -> Status {
            field(to) = static_cast<Number>(TRY(number_of(key, values.front(), range)) * unit);
            return {};
          },
          .show =
              [=](const Settings& of) {
                return std::to_string(field(of) / static_cast<Number>(unit));
              }};
}

template <typename Field>
Kind choice(Field field, std::string_view yes = "true", std::string_view no = "false") {
  return {.take = [=](const std::string& key, const Values& values, Settings& to) -> Status {
            field(to) = TRY(choice_of(key, values.front(), yes, no));
            return {};
          },
          .show =
              [=](const Settings& of) {
                std::string word(field(of) ? yes : no);
                return yes == "true" ? word : toml(word);
              }};
}

template <typename Field>
Kind text(Field field) {
  return {.take = [=](const std::string&, const Values& values, Settings& to) -> Status {
            field(to) = values.front();
            return {};
          },
          .show = [=](const Settings& of) { return toml(field(of)); }};
}

template <typename Field>
Kind texts(Field field) {
  return {.take = [=](const std::string&, const Values& values, Settings& to) -> Status {
            field(to) = values;
            return {};
          },
          .show = [=](const Settings& of) { return toml(field(of)); },
          .is_list = true};
}

template <typename Field>
Kind origin(Field field) {
  Kind kind = text(field);
  kind.take = [=](const std::string& key, const Values& values, Settings& to) -> Status {
    field(to) = TRY(origin_of(key, values.front()));
    return {};
  };
  return kind;
}

template <typename Field>
Kind origins(Field field) {
  Kind kind = texts(field);
  kind.take = [=](const std::string& key, const Values& values, Settings& to) -> Status {
    std::vector<std::string> read;
    for (const std::string& text : values) read.push_back(TRY(any_origin_of(key, text)));
    field(to) = std::move(read);
    return {};
  };
  return kind;
}

}  // namespace stet::program
