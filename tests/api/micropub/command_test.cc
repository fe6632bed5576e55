#include "api/micropub/command.h"

#include <gtest/gtest.h>

#include "api/http/url.h"
#include "api/routes/json.h"

namespace stet::micropub {
namespace {

using document::Data;

std::string shown(const std::variant<Command, Fault>& read) {
  if (const auto* fault = std::get_if<Fault>(&read))
    return fault->error + ": " + fault->description;
  const Command& command = std::get<Command>(read);
  std::string text = std::to_string(static_cast<int>(command.action)) + " " + command.url + " " +
                     document::to_string(command.properties);
  if (!command.commands.empty()) text += " " + document::to_string(command.commands);
  for (const auto* lists : {&command.replaced, &command.added, &command.removed}) {
    if (!lists->empty()) text += " " + document::to_string(*lists);
  }
  for (const std::string& name : command.removed_names) text += " -" + name;
  return text;
}

std::string of_form(std::string_view text) { return shown(read_form(*http::parse_query(text))); }
std::string of_json(std::string_view text) {
  return shown(read_json(std::get<Data>(api::parse_json(text))));
}

TEST(MicropubCommand, OfAForm) {
  struct {
    const char* form;
    const char* wanted;
  } cases[] = {
      {"h=entry&content=hi", R"(0  {"content": ["hi"]})"},
      {"content=hi", R"(0  {"content": ["hi"]})"},
      {"content=hi&category[]=a&category[]=b", R"(0  {"content": ["hi"], "category": ["a", "b"]})"},
      {"content=hi&access_token=secret", R"(0  {"content": ["hi"]})"},
      {"content=hi&mp-slug=x", R"(0  {"content": ["hi"]} {"mp-slug": ["x"]})"},
      {"action=delete&url=/x/", "2 /x/ {}"},
      {"action=undelete&url=/x/", "3 /x/ {}"},
      {"h=event&content=hi", "invalid_request: only entries are made here"},
      {"h=entry", "invalid_request: a post has properties"},
      {"action=delete", "invalid_request: url says which post is meant"},
      {"action=update&url=/x/", "invalid_request: an update is sent as JSON"},
      {"action=burn&url=/x/", "invalid_request: there is no action 'burn'"},
  };
  for (const auto& c : cases) EXPECT_EQ(of_form(c.form).find(c.wanted), 0u) << of_form(c.form);
}

TEST(MicropubCommand, OfJson) {
  struct {
    const char* json;
    const char* wanted;
  } cases[] = {
      {R"({"type": ["h-entry"], "properties": {"content": ["hi"], "mp-slug": ["x"]}})",
       R"(0  {"content": ["hi"]} {"mp-slug": ["x"]})"},
      {R"({"action": "update", "url": "/x/", "replace": {"content": ["b"]}})",
       R"(1 /x/ {} {"content": ["b"]})"},
      {R"({"action": "update", "url": "/x/", "add": {"category": ["b"]}, "delete": ["name"]})",
       R"(1 /x/ {} {"category": ["b"]} -name)"},
      {R"({"action": "update", "url": "/x/", "delete": {"category": ["b"]}})",
       R"(1 /x/ {} {"category": ["b"]})"},
      {R"({"action": "delete", "url": "/x/"})", "2 /x/ {}"},
      {"[]", "invalid_request: the request is an object"},
      {R"({"type": ["h-event"], "properties": {"name": ["x"]}})", "invalid_request: only entries"},
      {R"({"type": "h-entry", "properties": {"name": ["x"]}})", "invalid_request: type is"},
      {R"({"type": ["h-entry"], "properties": {"name": "x"}})",
       "invalid_request: 'name' in properties is a list"},
      {R"({"type": ["h-entry"], "properties": []})", "invalid_request: properties is an object"},
      {R"({"action": "update", "url": "/x/", "replace": {"content": "b"}})",
       "invalid_request: 'content' in replace is a list"},
      {R"({"action": "update", "url": "/x/", "replace": "b"})",
       "invalid_request: replace is an object"},
      {R"({"action": "update", "url": "/x/", "delete": "b"})",
       "invalid_request: delete is an object"},
      {R"({"action": "update", "url": "/x/", "delete": [1]})",
       "invalid_request: delete is a list of names"},
      {R"({"action": "update", "url": "/x/"})", "invalid_request: an update has replace"},
      {R"({"action": 1})", "invalid_request: action is text"},
      {R"({"action": "delete", "url": ["/x/"]})", "invalid_request: url is text"},
  };
  for (const auto& c : cases) EXPECT_EQ(of_json(c.json).find(c.wanted), 0u) << of_json(c.json);
}

}  // namespace
}  // namespace stet::micropub
