"""Reading a draft: what is noticed in it before people read it. It changes nothing."""
