// Templates by an enemy, over data of every type, under the limits of a public server.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cms/liquid/drop.h"
#include "cms/liquid/template.h"
#include "tests/cms/liquid/counted_list.h"
#include "tests/cms/liquid/plain_host.h"

namespace stet::liquid {
namespace {

constexpr Limits kLimits{.steps_max = 20'000, .output_bytes_max = 100'000, .depth_max = 20};

Value text(std::string_view s) { return Value(std::string(s)); }

class Echoing final : public Drop {
 public:
  Value get(std::string_view key, Host&) const override {
    if (key == "self" || key == "next") return Value(Ref<Drop>(this));
    return key == "title" ? Value(std::string("title")) : Value();
  }
  std::vector<std::string> keys(Host&) const override { return {"title", "self", "next"}; }
  bool has_key(std::string_view key, Host&) const override {
    return key == "title" || key == "self" || key == "next";
  }
  std::string to_text(Host&) const override { return "drop"; }
};

Globals hostile_data() {
  const Value mixed = make_array({Value(),
                                  Value(1),
                                  Value(-2.5),
                                  text("b"),
                                  text("\xff\xfe"),
                                  make_array({text("a")}),
                                  make_hash({{"k", Value(1)}})});
  return {{"s", text("The <b>Été</b> \"q\" & 'p' http://x.y/?a=b#c")},
          {"bad", text("\xc3(\xff\0")},
          {"n", Value(42)},
          {"big", Value(INT64_MAX)},
          {"small", Value(INT64_MIN)},
          {"f", Value(1e300)},
          {"nan", Value(0.0 / 0.0)},
          {"t", Value(true)},
          {"mixed", mixed},
          {"h", make_hash({{"k", mixed}, {"size", text("own")}, {"", Value(2)}})},
          {"date", Value(Date{2020, 2, 29})},
          {"time", Value(Time{.seconds = -1, .offset_seconds = -18000})},
          {"now", Value::live_time(Time{.seconds = 1'700'000'000, .is_utc = true})},
          {"list", Value(Ref<List>(new CountedList(50)))},
          {"drop", Value(Ref<Drop>(new Echoing))}};
}

}  // namespace
}  // namespace stet::liquid

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet::liquid;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const Parsed parsed = Template::parse(std::string(input), "fuzz.md", 3);
  if (!parsed.tree) __builtin_trap();
  PlainHost host;
  host.includes = {{"self.html", std::string(input)}, {"x", "{{ include.a }}{{ a }}"}};
  const Rendered rendered = parsed.tree->render(hostile_data(), host, kLimits);
  if (rendered.fatal && (rendered.fatal->line < 1 || rendered.fatal->message.empty())) {
    __builtin_trap();
  }
  // The same bytes, the same page.
  PlainHost again;
  again.includes = host.includes;
  const Rendered second = parsed.tree->render(hostile_data(), again, kLimits);
  if (second.output != rendered.output || second.fatal != rendered.fatal) __builtin_trap();
  return 0;
}
