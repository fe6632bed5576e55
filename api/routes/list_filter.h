// One condition of a list: `filter[tags]=x`, `filter[rank][gt]=3`.
//
// The value's own type decides how the text is read: a number is compared with a number, a date
// with an instant (a day is its midnight in the site's zone, but `eq` of a time also takes the day
// that it is on), all else byte by byte. A list passes where one of its items does, but for `ne`,
// which is the opposite of `eq`. What cannot be compared does not pass. Threads: immutable.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/zone.h"

namespace stet::api {

inline constexpr std::size_t kFiltersMax = 20;
inline constexpr std::size_t kFilterTextsMax = 200;  // of one `in`

class Filter {
 public:
  // `name` is "filter[KEY]" or "filter[KEY][OPERATOR]". kInvalidInput: a sentence for the client.
  static Result<Filter> parse(std::string_view name, std::string_view text, const TimeZone& zone);

  bool passes(const liquid::Value& value) const;
  const std::string& field() const { return field_; }
  // The same of equal filters, and of no others.
  std::string canonical() const;

 private:
  enum class Operator { kEq, kNe, kIn, kExists, kLt, kLte, kGt, kGte, kContains };
  struct OperatorName;
  static const OperatorName kOperators[];
  static std::optional<Operator> operator_of(std::string_view name);

  // The text as each type would have it.
  struct Operand {
    std::string text;
    std::optional<double> number;
    std::optional<Date> day;
    std::optional<Time> instant;
  };
  Filter() = default;
  static Operand operand_of(std::string_view text, const TimeZone& zone);
  static bool is_equal(const liquid::Value& value, const Operand& operand);
  std::optional<int> order(const liquid::Value& value, const Operand& operand) const;
  bool is_ordered(const liquid::Value& value) const;
  bool contains(const liquid::Value& value) const;

  std::string field_;
  Operator operator_ = Operator::kEq;
  std::vector<Operand> operands_;
  TimeZone zone_;
};

}  // namespace stet::api
