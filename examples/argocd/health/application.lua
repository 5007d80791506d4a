-- The health of an Application, which Argo CD itself does not assess. Without it, an app of apps does not wait for one
-- Application before it creates those of the next sync wave.
local health = (obj.status or {}).health
if health == nil or health.status == nil then
  return { status = "Progressing", message = "Waiting for Argo CD" }
end
return { status = health.status, message = health.message or "" }
