-- The health of every kind of jetwright.io in Argo CD. Their status follows kstatus:
-- https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
local function health(status, message)
  return { status = status, message = message }
end

local function words(condition)
  if condition.message == nil or condition.message == "" then
    return condition.reason
  end
  return condition.reason .. ": " .. condition.message
end

local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local ready = conditions.Ready
local stalled = conditions.Stalled
local program = obj.kind == "Redrive" and "the relay of dead letters" or "its operator"
local isCurrent = status.observedGeneration == obj.metadata.generation

if obj.metadata.deletionTimestamp ~= nil then
  if ready ~= nil and ready.status ~= "True" then
    return health("Progressing", "Being deleted. " .. words(ready))
  end
  return health("Progressing", "Being deleted")
end
if ready == nil then
  return health("Progressing", "Waiting for Jetwright. If this stays, see whether " .. program .. " runs, "
    .. "watches this namespace and reaches NATS")
end
if not isCurrent then
  return health("Progressing", "Waiting for Jetwright to see the last change. If this stays, see whether " .. program .. " runs")
end
if stalled ~= nil and stalled.status == "True" then
  return health("Degraded", words(stalled))
end
if ready.status == "True" then
  return health("Healthy", words(ready))
end
if ready.reason == "Suspended" then
  return health("Suspended", words(ready))
end
return health("Progressing", words(ready))
